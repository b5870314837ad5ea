namespace Akka.Persistence.Sql.Config;

/// <summary>Where tags of events are kept.</summary>
public enum TagMode
{
    /// <summary>In a column of the event's row; this implementation does not know it.</summary>
    Csv = 0,

    /// <summary>In a table of their own.</summary>
    TagTable = 1,
}
