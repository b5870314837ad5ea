using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace WebChat.Tests.Edge;

/// <summary>Another process that locks a SQLite database against writes.</summary>
internal sealed class LockHolder : IAsyncDisposable
{
    private readonly Process _process;

    private LockHolder(Process process) => _process = process;

    /// <summary>Starts the process, and returns when it has the lock.</summary>
    public static async Task<LockHolder> StartAsync(string file)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [typeof(LockHolder).Assembly.Location, "lock-holder", file])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        Assert.Equal("locked", await process.StandardOutput.ReadLineAsync());
        return new LockHolder(process);
    }

    /// <summary>The process: it holds the lock until its input ends.</summary>
    public static async Task<int> Run(string file)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=false");
        await connection.OpenAsync();
        await using var transaction = connection.BeginTransaction(deferred: false);
        Console.WriteLine("locked");
        await Console.In.ReadToEndAsync();
        return 0;
    }

    /// <summary>Releases the lock.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
