insert into users (id, name, email, created_at) values
  (1, 'Ada', 'ada@example.com', 1700000000000),
  (2, 'Brian', 'brian@example.com', 1700000001000),
  (3, 'Cleo', 'cleo@example.com', 1700000002000);
insert into accounts (id, user_id, provider, provider_account_id, access_token, created_at) values
  (10, 1, 'google', 'g-1', 'token-1', 1700000003000),
  (11, 3, 'github', 'gh-3', null, 1700000004000);
