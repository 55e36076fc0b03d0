"""The database itself refuses to rewrite the record of what was done to accounts."""

CREATE = """
CREATE FUNCTION accounts_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% 只能追加：不允许 %', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER accounts_accountevent_rows BEFORE UPDATE OR DELETE ON accounts_accountevent
    FOR EACH ROW EXECUTE FUNCTION accounts_append_only();
CREATE TRIGGER accounts_accountevent_whole BEFORE TRUNCATE ON accounts_accountevent
    FOR EACH STATEMENT EXECUTE FUNCTION accounts_append_only();
"""

DROP = """
DROP TRIGGER accounts_accountevent_rows ON accounts_accountevent;
DROP TRIGGER accounts_accountevent_whole ON accounts_accountevent;
DROP FUNCTION accounts_append_only();
"""
