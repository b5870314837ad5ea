namespace WebChat.Actors.Hosting;

/// <param name="Count">How many entities of a region are awake.</param>
public sealed record AwakeAre(int Count);
