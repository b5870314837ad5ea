namespace WebChat.Actors.Rooms;

/// <summary>What the room directory can be asked to do.</summary>
public static class DirectoryCommands
{
    /// <summary>Lists an open room; listing it again changes nothing. Answered by <see cref="Done"/>.</summary>
    public sealed record List(RoomId RoomId) : DirectoryRequest;

    /// <summary>Takes a room off the list. Answered by <see cref="Done"/>.</summary>
    public sealed record Unlist(RoomId RoomId) : DirectoryRequest;
}

/// <summary>What the room directory can be asked.</summary>
public static class DirectoryQueries
{
    /// <summary>A page of the listing, newest first; answered by <see cref="DirectoryReplies.Page"/>.</summary>
    /// <param name="After">The last room of the page before, or null for the first page.</param>
    /// <param name="Size">How many rooms at the most.</param>
    public sealed record GetPage(RoomId? After, int Size) : DirectoryRequest;
}

/// <summary>What the room directory answers.</summary>
public static class DirectoryReplies
{
    /// <param name="Rooms">Newest first.</param>
    /// <param name="More">Whether there are rooms behind the last of these.</param>
    public sealed record Page(IReadOnlyList<RoomId> Rooms, bool More) : Reply;
}

/// <summary>A request to the room directory, of which there is one.</summary>
public abstract record DirectoryRequest : Request
{
    /// <summary>The key of the one directory.</summary>
    public const string DirectoryId = "all";

    public override string EntityId => DirectoryId;
}
