using Akka.Event;

namespace Akka.TestKit.Internal;

/// <summary>Recognizes errors that were caused by an exception of a type; message and cause may both hold the text.</summary>
internal sealed class ExceptionFilter(Type type, TextPattern? message, TextPattern? source, bool inner) : EventFilterBase(null, source)
{
    protected override string FilterDescriptiveName => $"Error with {type.Name}" + (message is null ? "" : $" when the message {message}");

    protected override bool IsMatch(LogEvent evt)
    {
        if (evt is not Error error || !InternalDoMatch(evt.LogSource, evt.Message)) return false;
        for (var cause = error.Cause; cause is not null; cause = inner ? cause.InnerException : null)
        {
            if (type.IsInstanceOfType(cause) && (message is null || message.Fits(evt.Message?.ToString()) || message.Fits(cause.Message))) return true;
        }
        return false;
    }
}
