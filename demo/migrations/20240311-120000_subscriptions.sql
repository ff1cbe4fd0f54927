INSERT INTO linkgress.migration (name, description, up, down) VALUES (
'20240311-120000_subscriptions', 'Subscriptions and what was paid for them',
$up$
CREATE TABLE plans (
    id    integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name  text NOT NULL UNIQUE,
    price numeric(8, 2) NOT NULL,
    CONSTRAINT plans_price_not_negative CHECK (price >= 0)
);

CREATE TABLE subscriptions (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id    bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    plan_id    integer NOT NULL REFERENCES plans (id),
    started_on date NOT NULL,
    ended_on   date,
    period     daterange GENERATED ALWAYS AS (daterange(started_on, ended_on)) STORED,
    CONSTRAINT subscriptions_end_after_start CHECK (ended_on > started_on),
    UNIQUE (user_id, started_on)
);

CREATE INDEX subscriptions_period ON subscriptions USING gist (period);

CREATE TABLE payments (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    subscription_id bigint NOT NULL REFERENCES subscriptions (id) ON DELETE CASCADE,
    amount          numeric(8, 2) NOT NULL,
    paid_on         date NOT NULL
);

CREATE INDEX payments_subscription ON payments (subscription_id);

INSERT INTO plans (name, price) VALUES ('free', 0), ('reader', 3.90), ('patron', 12.50);

INSERT INTO subscriptions (user_id, plan_id, started_on, ended_on)
SELECT users.id, plans.id,
       date '2024-01-01' + (users.id % 60)::integer,
       CASE WHEN users.id % 9 = 0 THEN date '2024-12-31' END
FROM users
JOIN plans ON plans.name = CASE users.id % 4 WHEN 0 THEN 'patron' WHEN 1 THEN 'free' ELSE 'reader' END
ORDER BY users.id;

INSERT INTO payments (subscription_id, amount, paid_on)
SELECT subscriptions.id, plans.price, subscriptions.started_on + 30 * n
FROM subscriptions
JOIN plans ON plans.id = subscriptions.plan_id
CROSS JOIN generate_series(0, 5) AS n
WHERE plans.price > 0
ORDER BY subscriptions.id, n;
$up$,
$down$
DROP TABLE payments, subscriptions, plans;
$down$);
