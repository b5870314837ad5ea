using WebChat.Actors.Persistence.Encryption;
using WebChat.Actors.Telemetry;

namespace WebChat.Actors.Hosting;

/// <summary>The services that every entity needs.</summary>
public sealed record EntityServices(PersonalDataCipher Cipher, FailingEntities Failing, ChatMetrics Metrics);
