import ssh2 from 'ssh2';

/** Status codes of the SFTP protocol, version 3. */
export const STATUS = ssh2.utils.sftp.STATUS_CODE;

/** An SFTP request that is answered with a status other than OK; the message is meant for the partner. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

export function refuse(message: string): Refusal {
  return new Refusal(STATUS.FAILURE, message);
}

export function deny(message: string): Refusal {
  return new Refusal(STATUS.PERMISSION_DENIED, message);
}

export function missing(message = 'No such file'): Refusal {
  return new Refusal(STATUS.NO_SUCH_FILE, message);
}
