using Microsoft.Data.Sqlite;
using WebChat.Actors.Options;
using WebChat.Actors.Persistence.Schema;

namespace WebChat.Tests.Edge.Commands;

/// <summary>The program as an operator runs it.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly Folder _folder = new();

    private string Data => Path.Combine(_folder.Path, "data");

    private string Copy => Path.Combine(_folder.Path, "copy.db");

    [Theory]
    [InlineData("--help", "serve")]
    [InlineData("--help", "--WebChat")]
    [InlineData("backup --help", "<FILE>")]
    [InlineData("admin --help", "revoke <USER>")]
    [InlineData("admin list --help", "--verbose")]
    [InlineData("--version", "1.0.0")]
    [InlineData("schema --version", "1.0.0")]
    public async Task Every_command_shows_its_help_and_the_version(string arguments, string expected)
    {
        var (code, lines) = await EdgeProcess.RunAsync([], arguments.Split(' '));

        Assert.Equal(0, code);
        Assert.Contains(lines, line => line.Contains(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("frobnicate", "Unrecognized command or argument 'frobnicate'. See --help.")]
    [InlineData("--frobnicate=yes", "Unrecognized command or argument '--frobnicate=yes'. See --help.")]
    [InlineData("serve --admin ann_1", "Unrecognized command or argument '--admin'. Unrecognized command or argument 'ann_1'. See --help.")]
    [InlineData("backup", "Required argument missing for command: 'backup'. See --help.")]
    [InlineData("admin", "Required command was not provided. See --help.")]
    [InlineData("schema --WebChat:DataDirectory", "--WebChat:DataDirectory needs a value: --WebChat:DataDirectory=VALUE. See --help.")]
    [InlineData("schema --WebChat:DataDirectory /tmp", "--WebChat:DataDirectory needs a value: --WebChat:DataDirectory=VALUE.")]
    public async Task Invalid_arguments_are_answered_in_one_line(string arguments, string expected)
    {
        var (code, lines) = await EdgeProcess.RunAsync([], arguments.Split(' '));

        Assert.Equal(1, code);
        Assert.Contains(expected, Assert.Single(lines));
    }

    // An absolute path was once parsed as an option that swallowed the next argument: the database of the current directory was
    // copied, and overwritten.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Options_may_stand_before_and_after_an_absolute_path(bool before)
    {
        new JournalSchema(new StorageOptions { DataDirectory = Data }).Migrate();
        Execute(Path.Combine(Data, "webchat.db"), "CREATE TABLE mine (a)");
        var option = $"--WebChat:DataDirectory={Data}";

        var (code, lines) = await EdgeProcess.RunAsync([], before ? [option, "backup", Copy] : ["backup", Copy, option]);
        Assert.Equal((0, $"Copied {Path.Combine(Data, "webchat.db")} to {Copy}."), (code, Assert.Single(lines)));

        Execute(Copy, "SELECT a FROM mine; CREATE TABLE restored (a)");
        (code, lines) = await EdgeProcess.RunAsync([], before ? [option, "restore", Copy] : ["restore", Copy, option]);
        Assert.Equal((0, $"Restored {Copy} to {Path.Combine(Data, "webchat.db")}."), (code, lines[^1]));
        Execute(Path.Combine(Data, "webchat.db"), "SELECT a FROM restored");
    }

    [Fact]
    public async Task A_command_refuses_the_settings_that_the_server_refuses()
    {
        var (code, lines) = await EdgeProcess.RunAsync([], "backup", Copy, $"--WebChat:DataDirectry={Data}");

        Assert.Equal((1, "WebChat:DataDirectry is not a known setting. Did you mean WebChat:DataDirectory?"), (code, Assert.Single(lines)));
        Assert.False(File.Exists(Copy));
    }

    public void Dispose() => _folder.Dispose();

    private static void Execute(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
