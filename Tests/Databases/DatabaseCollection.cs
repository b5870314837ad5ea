namespace WebChat.Tests.Databases;

/// <summary>The tests that use databases, one after the other. The PostgreSQL server stops after the last.</summary>
[CollectionDefinition(Name)]
public sealed class DatabaseCollection : ICollectionFixture<DatabaseCollection.Servers>
{
    public const string Name = "Databases";

    /// <summary>Stops the server.</summary>
    public sealed class Servers : IAsyncLifetime
    {
        public Task InitializeAsync() => Task.CompletedTask;

        public Task DisposeAsync() => PostgresServer.RemoveShared();
    }
}
