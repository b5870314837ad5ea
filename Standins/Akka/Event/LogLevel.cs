namespace Akka.Event;

/// <summary>How much something matters that is logged.</summary>
public enum LogLevel
{
    /// <summary>For whoever looks for a fault.</summary>
    DebugLevel,

    /// <summary>Worth knowing.</summary>
    InfoLevel,

    /// <summary>Not as it should be.</summary>
    WarningLevel,

    /// <summary>Wrong.</summary>
    ErrorLevel,
}
