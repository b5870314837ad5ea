namespace WebChat.Actors.Users;

/// <summary>What people look for in each other.</summary>
public static class Needs
{
    /// <summary>Every key; its place in the list is its bit where needs are held as a set.</summary>
    public static KeyList Keys { get; } = new("friendship", "casual", "serious", "marriage", "talk");
}
