using System.Net;
using System.Net.Sockets;
using WebChat.Actors.Options;
using WebChat.Actors.Persistence;
using WebChat.Actors.Persistence.Schema;
using WebChat.Edge.Commands;

namespace WebChat.Tests.Edge;

/// <summary>The real program: its start prints the addresses, and a start that cannot succeed ends with exit code 1 and one line.</summary>
public sealed class StartTests : IDisposable
{
    private readonly Folder _data = new();

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task A_start_prints_the_addresses(string environment)
    {
        await using var edge = await EdgeProcess.StartAsync(("environment", environment), ("WebChat:Auth:BcryptWorkFactor", "10"));
        await edge.StopAsync();

        Assert.Contains($"WebChat is ready: http://127.0.0.1:{edge.WebPort} (Web), http://127.0.0.1:{edge.GrpcPort} (Grpc)", edge.Output.Split(Environment.NewLine));
    }

    [Theory]
    [InlineData("WebChat:Auth:BcryptWorkFactor", "3")]
    [InlineData("WebChat:Auth:AccessTokenLifetime", "00:00:00")]
    [InlineData("WebChat:Auth:RefreshTokenLifetime", "soon")]
    [InlineData("WebChat:Limits:MessageBurst", "0")]
    [InlineData("WebChat:Sessions:GracePeriod", "2.00:00:00")]
    [InlineData("WebChat:AllowedOrigins:0", "chat.example")]
    [InlineData("WebChat:Moderation:ReportersToSuspend", "0")]
    [InlineData("WebChat:Voice:RingFor", "00:00:00")]
    [InlineData("WebChat:Voice:IceServers:0:Urls:0", "http://stun.example")]
    [InlineData("WebChat:ConnectionString", "Where=here")]
    [InlineData("WebChat:Database", "oracle")]
    public async Task An_invalid_setting_is_named(string key, string value) => Assert.Contains(key.TrimEnd(':', '0'), await Refused($"--{key}={value}"));

    [Fact]
    public async Task Production_refuses_cheap_password_hashes() =>
        Assert.Contains("WebChat:Auth:BcryptWorkFactor", await Refused("--environment=Production", "--WebChat:Auth:BcryptWorkFactor=9"));

    [Fact]
    public async Task An_unknown_setting_in_the_environment_is_refused()
    {
        var (code, lines) = await EdgeProcess.RunAsync([("WebChat__Sessions__GracePeriode", "00:01:00")], Options);

        Assert.Equal((1, "WebChat:Sessions:GracePeriode is not a known setting. Did you mean WebChat:Sessions:GracePeriod?"), (code, Assert.Single(lines.Except([CommandLine.Starting]))));
    }

    [Fact]
    public async Task A_database_of_a_later_version_is_refused_with_both_versions_named()
    {
        var known = JournalSchema.ScriptsOf(DatabaseKind.Sqlite);
        new JournalSchema(new StorageOptions { DataDirectory = _data.Path }, [.. known, new("9999-later.sql", "SELECT 1")]).Migrate();

        Assert.StartsWith($"The database has schema version {known.Count + 1}, but this program supports versions up to {known.Count}.", await Refused());
    }

    [Fact]
    public async Task A_data_directory_in_use_is_refused()
    {
        using var other = new DataDirectoryLock(_data.Path);

        Assert.Equal($"Another server or command uses the data directory {_data.Path}. Stop it first.", await Refused());
    }

    [Fact]
    public async Task A_data_directory_that_cannot_be_written_is_refused()
    {
        var file = Path.Combine(_data.Path, "file");
        await File.WriteAllTextAsync(file, "");

        Assert.StartsWith($"The data directory {file} cannot be written: ", await Refused($"--WebChat:DataDirectory={file}"));
    }

    [Fact]
    public async Task A_database_file_that_is_not_a_database_is_refused()
    {
        await File.WriteAllTextAsync(Path.Combine(_data.Path, "webchat.db"), new string('x', 10_000));

        Assert.Contains("Restore a backup", await Refused());
    }

    // The actor that needed the key once failed instead, and the server reported that it was ready.
    [Fact]
    public async Task A_signing_key_that_cannot_be_written_ends_the_start()
    {
        await File.WriteAllTextAsync(Path.Combine(_data.Path, "keys"), "");

        Assert.Contains(Path.Combine(_data.Path, "keys"), await Refused());
    }

    [Fact]
    public async Task A_PostgreSQL_server_that_does_not_answer_is_named() => Assert.Equal(
        "The database cannot be used: Failed to connect to 127.0.0.1:1. Check WebChat:ConnectionString and whether PostgreSQL is running.",
        await Refused("--WebChat:Database=postgres", "--WebChat:ConnectionString=Host=127.0.0.1;Port=1;Username=webchat"));

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        Assert.StartsWith($"Failed to bind to address http://{other.LocalEndpoint}: address already in use.", await Refused($"--Kestrel:Endpoints:Web:Url=http://{other.LocalEndpoint}"));
    }

    [Fact]
    public async Task The_trace_of_a_failure_is_shown_on_request()
    {
        using var other = new DataDirectoryLock(_data.Path);

        var (code, lines) = await EdgeProcess.RunAsync([], [.. Options, "--verbose"]);

        Assert.Equal(1, code);
        Assert.Contains(lines, line => line.StartsWith("   at ", StringComparison.Ordinal));
    }

    public void Dispose() => _data.Dispose();

    private string[] Options =>
    [
        $"--WebChat:DataDirectory={_data.Path}",
        "--WebChat:Auth:BcryptWorkFactor=4",
        "--Kestrel:Endpoints:Web:Url=http://127.0.0.1:0",
        "--Kestrel:Endpoints:Grpc:Url=http://127.0.0.1:0",
    ];

    private async Task<string> Refused(params string[] options)
    {
        var (code, lines) = await EdgeProcess.RunAsync([], [.. Options, .. options]);

        Assert.Equal(1, code);
        return Assert.Single(lines.Except([CommandLine.Starting]));
    }
}
