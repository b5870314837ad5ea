namespace WebChat.Actors.Journal.Schema;

/// <summary>Version 3: accounts lie under a hash of their user name, no longer under the name.</summary>
internal static class ConcealedAccounts
{
    // A name has 20 characters at the most.
    private const string UnderTheirName = "WHERE persistence_id LIKE 'account-%' AND length(persistence_id) <= 28";

    private const string SqliteId = "'account-' || substr(sha256_hex(substr(persistence_id, 9)), 1, 32)";
    private const string PostgresId = "'account-' || substr(encode(sha256(convert_to(substr(persistence_id, 9), 'UTF8')), 'hex'), 1, 32)";

    public const string Sqlite = $"""
        UPDATE journal SET persistence_id = {SqliteId} {UnderTheirName};
        UPDATE snapshot SET persistence_id = {SqliteId} {UnderTheirName};
        """;

    public const string Postgres = $"""
        UPDATE journal SET persistence_id = {PostgresId} {UnderTheirName};
        UPDATE snapshot SET persistence_id = {PostgresId} {UnderTheirName};
        """;
}
