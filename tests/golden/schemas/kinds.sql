insert into kinds (id, small, big, flag, seconds, millis, ratio, words, document, bytes, byte_document, byte_number, amount, amount_number, amount_big, point, anything)
values (1, 42, 9223372036854775807, 1, 1700000000, 1700000000123, 0.1, 'plain', '{"a":[1,2]}', x'00ff10', x'7b7d', x'3132333435363738393031323334353637383930', '1.50', 2.5, 9007199254740993, '(1,2)', 'text here');
insert into kinds (id) values (2);
insert into kinds (id, small, big, flag, ratio, words, bytes, amount, anything)
values (3, -1, -9007199254740992, 0, -0.0, '', x'', 10, 3.0);
