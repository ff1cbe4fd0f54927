INSERT INTO linkgress.migration (name, description, breaking, estimated_duration, tags, up, down) VALUES (
'20240318-101000_prices_in_cents', 'Money as whole cents instead of decimals', true, '1 second', '{data}',
$up$
-- The constraint is made anew, or it would go on comparing with a decimal zero.
ALTER TABLE plans
    DROP CONSTRAINT plans_price_not_negative,
    ALTER COLUMN price TYPE bigint USING (price * 100)::bigint,
    ADD CONSTRAINT plans_price_not_negative CHECK (price >= 0);
ALTER TABLE plans RENAME COLUMN price TO price_cents;

ALTER TABLE payments ALTER COLUMN amount TYPE bigint USING (amount * 100)::bigint;
ALTER TABLE payments RENAME COLUMN amount TO amount_cents;

COMMENT ON COLUMN plans.price_cents IS 'Price of a month in euro cents';
COMMENT ON COLUMN payments.amount_cents IS 'Amount in euro cents';
$up$,
$down$
COMMENT ON COLUMN payments.amount_cents IS NULL;
COMMENT ON COLUMN plans.price_cents IS NULL;

ALTER TABLE payments RENAME COLUMN amount_cents TO amount;
ALTER TABLE payments ALTER COLUMN amount TYPE numeric(8, 2) USING amount / 100.0;

ALTER TABLE plans RENAME COLUMN price_cents TO price;
ALTER TABLE plans
    DROP CONSTRAINT plans_price_not_negative,
    ALTER COLUMN price TYPE numeric(8, 2) USING price / 100.0,
    ADD CONSTRAINT plans_price_not_negative CHECK (price >= 0);
$down$);
