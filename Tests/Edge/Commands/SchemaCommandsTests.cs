using Microsoft.Data.Sqlite;
using WebChat.Actors.Options;
using WebChat.Actors.Persistence;
using WebChat.Actors.Persistence.Schema;
using WebChat.Edge.Commands;

namespace WebChat.Tests.Edge.Commands;

public sealed class SchemaCommandsTests : IDisposable
{
    private readonly Folder _data = new();
    private readonly StringWriter _output = new();
    private readonly StorageOptions _storage;
    private readonly int _newest = JournalSchema.ScriptsOf(DatabaseKind.Sqlite).Count;

    public SchemaCommandsTests() => _storage = new() { DataDirectory = _data.Path };

    [Fact]
    public void A_database_is_migrated_once_and_its_version_is_printed()
    {
        Commands().Migrate();
        Assert.Contains("Done: 0001-baseline.sql.", _output.ToString());
        Assert.Contains($"has schema version {_newest}; this program needs version {_newest}", _output.ToString());

        _output.GetStringBuilder().Clear();
        Commands().Migrate();
        Assert.DoesNotContain("Done", _output.ToString());
    }

    [Fact]
    public void Without_a_database_no_version_is_printed_and_none_is_created()
    {
        Assert.Contains("There is no database", Assert.Throws<CommandException>(Commands().Show).Message);
        Assert.Empty(Directory.GetFiles(_data.Path));
    }

    [Fact]
    public async Task A_database_in_use_is_not_migrated_but_its_version_is_printed()
    {
        using var server = new JournalDatabase(Microsoft.Extensions.Options.Options.Create(_storage));
        await server.StartAsync(default);

        Assert.Contains("Stop it first", Assert.Throws<DataDirectoryException>(Commands().Migrate).Message);
        Commands().Show();
    }

    [Fact]
    public void A_database_of_a_later_version_is_not_touched()
    {
        new JournalSchema(_storage, [.. JournalSchema.ScriptsOf(DatabaseKind.Sqlite), new("9999-later.sql", "SELECT 1")]).Migrate();

        var refused = Assert.Throws<SchemaException>(Commands().Migrate);
        Assert.Contains($"has schema version {_newest + 1}, but this program supports versions up to {_newest}", refused.Message);
    }

    [Fact]
    public void A_file_that_is_not_a_database_is_refused()
    {
        File.WriteAllText(_storage.DatabaseFile, new string('x', 10_000));

        Assert.Contains("file is not a database", Assert.Throws<SqliteException>(Commands().Migrate).Message);
    }

    public void Dispose() => _data.Dispose();

    private SchemaCommands Commands() => new(_storage, _output);
}
