using Akka.Event;

namespace Akka.TestKit.Internal;

/// <summary>Recognizes log events by what they say and where they come from.</summary>
public abstract class EventFilterBase : IEventFilter
{
    private readonly TextPattern? _message;
    private readonly TextPattern? _source;

    internal EventFilterBase(TextPattern? message, TextPattern? source)
    {
        _message = message;
        _source = source;
    }

    /// <summary>Is told of each event that this recognizes.</summary>
    public event EventMatched? EventMatched;

    /// <summary>What this looks for, for the message of a failed expectation.</summary>
    protected abstract string FilterDescriptiveName { get; }

    /// <inheritdoc/>
    public bool Apply(LogEvent logEvent)
    {
        if (!IsMatch(logEvent)) return false;
        OnEventMatched(logEvent);
        return true;
    }

    /// <summary>What this looks for, for the message of a failed expectation.</summary>
    public override string ToString() => FilterDescriptiveName
        + (_message is null ? "" : $" when the message {_message}")
        + (_source is null ? "" : $" and the source {_source}");

    /// <summary>Whether this is one of those that are looked for.</summary>
    protected abstract bool IsMatch(LogEvent evt);

    /// <summary>Tells of a recognized event.</summary>
    protected virtual void OnEventMatched(LogEvent logEvent) => EventMatched?.Invoke(this, logEvent);

    /// <summary>Whether source and message are those that are looked for.</summary>
    protected bool InternalDoMatch(string src, object? msg) => (_source?.Fits(src) ?? true) && (_message?.Fits(msg?.ToString()) ?? true);
}
