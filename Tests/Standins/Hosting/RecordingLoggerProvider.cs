using Microsoft.Extensions.Logging;

namespace WebChat.Tests.Standins.Hosting;

/// <summary>Keeps what is logged, with its category and its named values.</summary>
internal sealed class RecordingLoggerProvider : ILoggerProvider
{
    private readonly Lock _lock = new();
    private readonly List<Entry> _entries = [];
    private readonly List<(Predicate<Entry> Is, TaskCompletionSource<Entry> Found)> _awaited = [];

    public IReadOnlyList<Entry> Entries
    {
        get
        {
            lock (_lock) return [.. _entries];
        }
    }

    /// <summary>The first entry that the predicate accepts, as soon as it has been logged.</summary>
    public Task<Entry> Await(Predicate<Entry> accepts)
    {
        var found = new TaskCompletionSource<Entry>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_entries.Find(accepts) is { } entry) found.SetResult(entry);
            else _awaited.Add((accepts, found));
        }
        return found.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    internal sealed record Entry(string Category, LogLevel Level, string Text, Exception? Exception, IReadOnlyDictionary<string, object?> Values);

    private sealed class Logger(RecordingLoggerProvider owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? pairs.ToDictionary() : [];
            var entry = new Entry(category, logLevel, formatter(state, exception), exception, values);
            lock (owner._lock)
            {
                owner._entries.Add(entry);
                foreach (var (accepts, found) in owner._awaited)
                {
                    if (accepts(entry)) found.TrySetResult(entry);
                }
            }
        }
    }
}
