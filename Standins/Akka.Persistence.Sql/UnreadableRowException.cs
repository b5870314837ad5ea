namespace Akka.Persistence.Sql;

/// <summary>A row of the journal that no serializer can read; its message says which.</summary>
internal sealed class UnreadableRowException(string message, Exception inner) : Exception(message, inner);
