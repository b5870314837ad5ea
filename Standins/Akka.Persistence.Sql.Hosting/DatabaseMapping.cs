namespace Akka.Persistence.Sql.Hosting;

/// <summary>How tables and columns are called; this implementation knows the default only.</summary>
public enum DatabaseMapping
{
    Default = 0,
}
