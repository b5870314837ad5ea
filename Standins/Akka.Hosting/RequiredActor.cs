using Akka.Actor;

namespace Akka.Hosting;

/// <summary>Looks an actor up in the registry once, when it is first asked for.</summary>
public sealed class RequiredActor<TActor>(IReadOnlyActorRegistry registry) : IRequiredActor<TActor>
{
    private IActorRef? _actor;

    /// <inheritdoc/>
    public IActorRef ActorRef => _actor ??= registry.Get<TActor>();

    /// <inheritdoc/>
    public async Task<IActorRef> GetAsync(CancellationToken cancellationToken = default) =>
        _actor ??= await registry.GetAsync<TActor>(cancellationToken).ConfigureAwait(false);
}
