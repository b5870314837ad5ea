namespace Akka.Actor;

/// <summary>Shorthands for <see cref="ICancelable"/>.</summary>
public static class CancelableExtensions
{
    /// <summary>Calls it off, if it is there.</summary>
    public static void CancelIfNotNull(this ICancelable? cancelable) => cancelable?.Cancel();
}
