namespace Akka.Actor;

/// <summary>Tells the machine's time.</summary>
public interface IDateTimeOffsetNowTimeProvider : ITimeProvider
{
}
