namespace Akka.Configuration.Hocon;

/// <summary>What was read from one text.</summary>
public class HoconRoot
{
    /// <summary>Makes a root of a value.</summary>
    public HoconRoot(HoconValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Value = value;
    }

    /// <summary>The tree.</summary>
    public HoconValue Value { get; }
}
