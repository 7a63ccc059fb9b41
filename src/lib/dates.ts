/** A calendar day without a clock: `2024-01-31`. */
export type PlainDate = string;

/** A moment in UTC: `2024-01-31T09:30:00Z`. */
export type Instant = string;
