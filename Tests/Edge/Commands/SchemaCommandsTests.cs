using WebChat.Actors.Journal;
using WebChat.Actors.Journal.Schema;
using WebChat.Actors.Options;
using WebChat.Edge.Commands;

namespace WebChat.Tests.Edge.Commands;

public sealed class SchemaCommandsTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("webchat-migrate-");
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();
    private readonly StorageOptions _storage;
    private readonly int _newest = SchemaSteps.All.Count;

    public SchemaCommandsTests() => _storage = new() { DataDirectory = _directory.FullName };

    [Fact]
    public void A_database_is_migrated_once_and_tells_its_version()
    {
        Assert.Equal(0, Commands().Migrate());
        Assert.Contains($"Done: {SchemaSteps.All[0].Name}.", _output.ToString());
        Assert.Contains($"is of schema version {_newest}; this program needs version {_newest}", _output.ToString());

        _output.GetStringBuilder().Clear();
        Assert.Equal(0, Commands().Migrate());
        Assert.DoesNotContain("Done", _output.ToString());
    }

    [Fact]
    public void Without_a_database_there_is_no_version_to_tell_and_none_is_made()
    {
        Assert.Equal(1, Commands().Show());
        Assert.Contains("There is no database", _errors.ToString());
        Assert.Empty(_directory.GetFiles());
    }

    [Fact]
    public void Under_a_running_server_nothing_is_migrated_but_the_version_is_told()
    {
        using var server = new JournalDatabase(Microsoft.Extensions.Options.Options.Create(_storage));

        Assert.Equal(1, Commands().Migrate());
        Assert.Contains("Stop it first", _errors.ToString());
        Assert.Equal(0, Commands().Show());
    }

    [Fact]
    public void A_database_of_a_later_version_is_not_touched()
    {
        new JournalSchema(_storage, [.. SchemaSteps.All, new("later", "", "")]).Migrate();

        Assert.Equal(1, Commands().Migrate());
        Assert.Contains($"is of schema version {_newest + 1}, and this program knows none later than {_newest}", _errors.ToString());
    }

    [Fact]
    public void What_is_no_database_is_told_in_a_line()
    {
        File.WriteAllText(_storage.DatabaseFile, new string('x', 10_000));

        Assert.Equal(1, Commands().Migrate());
        Assert.Contains("file is not a database", _errors.ToString());
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private SchemaCommands Commands() => new(_storage, _output, _errors);
}
