insert into products (vendor, sku, title) values
  ('acme', 1, 'anvil'), ('acme', 2, 'rope'), ('bolt', 1, 'screw'), ('bolt', 9, 'unsold');
insert into orders (id, customer) values (100, 'ada'), (101, 'brian'), (102, null);
insert into order_lines (order_id, line_no, vendor, sku, quantity) values
  (100, 1, 'acme', 1, 2), (100, 2, 'bolt', 1, 500), (101, 1, 'acme', 1, 1), (101, 2, null, null, 3),
  (101, 3, 'bolt', null, 4);
