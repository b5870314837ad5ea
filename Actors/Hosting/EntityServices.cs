using WebChat.Actors.Persistence.Encryption;

namespace WebChat.Actors.Hosting;

/// <summary>The services that every entity needs.</summary>
public sealed record EntityServices(PersonalDataCipher Cipher, FailingEntities Failing);
