using Akka.Actor;

namespace Akka.Pattern;

/// <summary>The options as a record, each change a new one.</summary>
internal sealed class BackoffOptionsImpl : BackoffOptions
{
    private readonly bool _onFailure;
    private readonly BackoffSettings _settings;

    public BackoffOptionsImpl(bool onFailure, Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor)
    {
        if (minBackoff <= TimeSpan.Zero) throw new ArgumentException("MinBackoff must be greater than 0", nameof(minBackoff));
        if (maxBackoff < minBackoff) throw new ArgumentException("MaxBackoff must be greater than MinBackoff", nameof(maxBackoff));
        if (randomFactor is < 0.0 or > 1.0) throw new ArgumentException("RandomFactor must be between 0.0 and 1.0", nameof(randomFactor));
        _onFailure = onFailure;
        _settings = new BackoffSettings(childProps, childName, minBackoff, maxBackoff, randomFactor);
    }

    private BackoffOptionsImpl(BackoffOptionsImpl other, BackoffSettings settings)
    {
        _onFailure = other._onFailure;
        _settings = settings;
    }

    internal override Props Props => _onFailure ? Props.Create<BackoffOnFailureActor>(_settings) : Props.Create<BackoffOnStopActor>(_settings);

    public override BackoffOptions WithAutoReset(TimeSpan resetBackoff) => With(_settings with { ResetAfter = resetBackoff, ManualReset = false });

    public override BackoffOptions WithManualReset() => With(_settings with { ManualReset = true });

    public override BackoffOptions WithSupervisorStrategy(OneForOneStrategy supervisorStrategy) => With(_settings with { Strategy = supervisorStrategy });

    public override BackoffOptions WithDefaultStoppingStrategy() =>
        With(_settings with { Strategy = SupervisorStrategy.StoppingStrategy.WithMaxNrOfRetries(_settings.Strategy.MaxNumberOfRetries) });

    public override BackoffOptions WithMaxNrOfRetries(int maxNrOfRetries) => With(_settings with { Strategy = _settings.Strategy.WithMaxNrOfRetries(maxNrOfRetries) });

    public override BackoffOptions WithReplyWhileStopped(object replyWhileStopped) => With(_settings with { ReplyWhileStopped = replyWhileStopped });

    public override BackoffOptions WithFinalStopMessage(Func<object, bool> isFinalStopMessage) => With(_settings with { IsFinalStop = isFinalStopMessage });

    private BackoffOptionsImpl With(BackoffSettings settings) => new(this, settings);
}
