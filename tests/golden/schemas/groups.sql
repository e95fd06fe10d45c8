insert into users values (1, 'Ada'), (2, 'Brian'), (3, 'Cleo');
insert into groups values (1, 'readers'), (2, 'writers'), (3, 'empty');
insert into users_to_groups values (1, 1, 'owner'), (1, 2, 'member'), (2, 1, 'member');
