namespace WebChat.Tests.Databases;

/// <summary>The tests that use databases, one after the other; when the last has ended, so has their server.</summary>
[CollectionDefinition(Name)]
public sealed class DatabaseCollection : ICollectionFixture<DatabaseCollection.Servers>
{
    public const string Name = "Databases";

    /// <summary>Ends what the tests started.</summary>
    public sealed class Servers : IAsyncLifetime
    {
        public Task InitializeAsync() => Task.CompletedTask;

        public Task DisposeAsync() => PostgresServer.RemoveShared();
    }
}
