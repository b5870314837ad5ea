namespace WebChat.Actors.Users;

/// <summary>The known kinds of relationship that users look for.</summary>
public static class Needs
{
    /// <summary>All keys. The place in the list is the key's bit in a set.</summary>
    public static KeyList Keys { get; } = new("friendship", "casual", "serious", "marriage", "talk");
}
