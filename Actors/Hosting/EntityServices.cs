using WebChat.Actors.Journal.Sealing;

namespace WebChat.Actors.Hosting;

/// <summary>The services that every entity needs.</summary>
public sealed record EntityServices(Sealer Sealer, FailingEntities Failing);
