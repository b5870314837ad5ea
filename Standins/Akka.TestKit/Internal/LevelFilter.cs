using Akka.Event;

namespace Akka.TestKit.Internal;

/// <summary>Recognizes events of one level.</summary>
internal sealed class LevelFilter(LogLevel level, TextPattern? message, TextPattern? source) : EventFilterBase(message, source)
{
    protected override string FilterDescriptiveName => level.ToString().Replace("Level", "", StringComparison.Ordinal);

    protected override bool IsMatch(LogEvent evt) => evt.LogLevel() == level && InternalDoMatch(evt.LogSource, evt.Message);
}
