insert into users (id, name, verified, invited_by) values
  (1, 'Ada', 1, null), (2, 'Brian', 0, 1), (3, 'Cleo', 1, 1), (4, 'Dan', 0, 3);
insert into posts (id, author_id, title, score) values
  (1, 1, 'On Engines', 9.5), (2, 1, 'On Numbers', 7), (3, 3, 'Rain', null), (4, 1, 'Notes', 2.25);
insert into comments (id, post_id, author_id, body) values
  (1, 1, 2, 'first'), (2, 1, 3, 'second'), (3, 3, null, 'anonymous'), (4, 1, 2, 'third'), (5, 2, 1, 'self');
