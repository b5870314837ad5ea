using System.Diagnostics;

namespace WebChat.Actors.Telemetry;

/// <summary>
/// The spans of the source <c>WebChat</c>. A span may begin in one actor and end in another, so none becomes
/// <see cref="Activity.Current"/>: the thread goes on with other messages.
/// </summary>
public static class ChatTrace
{
    /// <summary>The name of the source.</summary>
    public const string SourceName = "WebChat";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Whether spans have a listener.</summary>
    public static bool IsOn => Source.HasListeners();

    /// <summary>Begins a span; null if it is not recorded.</summary>
    /// <param name="name">What is done.</param>
    /// <param name="kind">The kind of span.</param>
    /// <param name="parent">The id of the parent span; null for a new trace.</param>
    /// <param name="start">When it began; now by default.</param>
    public static Activity? Begin(string name, ActivityKind kind, string? parent = null, DateTimeOffset start = default)
    {
        var current = Activity.Current;
        Activity.Current = null;
        var span = Source.StartActivity(name, kind, parent, startTime: start);
        Activity.Current = current;
        return span;
    }

    /// <summary>Ends a span.</summary>
    /// <param name="span">The span.</param>
    /// <param name="error">The code of the error; null on success.</param>
    public static void End(Activity span, ErrorCode? error = null)
    {
        if (error is { } code)
            span.SetStatus(ActivityStatusCode.Error).SetTag("error.type", code.Name());
        var current = Activity.Current;
        span.Stop();
        Activity.Current = current;
    }
}
