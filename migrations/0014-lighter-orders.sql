-- What storing an order took without anybody needing it: a sixth of the time that the server had for it.

-- These rows come in the statement that stores what they refer to, which names it by the id that it has just given it;
-- and what is ordered under an agreement comes from its terms, which refer to the item. To look all of it up again was a
-- tenth of storing an order. Nothing that they refer to is ever deleted or numbered anew.
alter table document drop constraint document_interchange_id_fkey;
alter table purchase_order drop constraint purchase_order_document_id_fkey;
alter table purchase_order_line drop constraint purchase_order_line_order_id_fkey;
alter table agreement_ordered drop constraint agreement_ordered_item_fkey;

-- Lines are read by their order alone.
drop index purchase_order_line_item;

-- Of what happened, only what is not about a document is looked for by the interchange or file.
drop index event_file, event_interchange;
create index event_file on event (file_id) where file_id is not null and document_id is null;
create index event_interchange on event (interchange_id) where interchange_id is not null and document_id is null;
