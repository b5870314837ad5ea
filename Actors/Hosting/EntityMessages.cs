namespace WebChat.Actors.Hosting;

/// <summary>An entity has recovered.</summary>
public sealed record Awake { public static readonly Awake Instance = new(); }

/// <summary>An idle entity asks its region to stop it. Messages that arrive meanwhile wait for its return.</summary>
public sealed record Passivate { public static readonly Passivate Instance = new(); }

/// <summary>The region's answer to <see cref="Passivate"/>: the entity stops once everything before this is done.</summary>
public sealed record Rest { public static readonly Rest Instance = new(); }

/// <summary>An entity stops unasked. It tells its region first, so that the region is prepared for every later message.</summary>
public sealed record Leaving { public static readonly Leaving Instance = new(); }

/// <summary>Asks a region for the number of its running entities; answered by <see cref="AwakeAre"/>.</summary>
public sealed record CountAwake { public static readonly CountAwake Instance = new(); }

/// <param name="Count">The number of running entities.</param>
public sealed record AwakeAre(int Count);
