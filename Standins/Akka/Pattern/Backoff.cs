using Akka.Actor;

namespace Akka.Pattern;

/// <summary>Says how a child is kept alive with growing pauses between its lives. <see cref="BackoffSupervisor.Props(BackoffOptions)"/> makes the supervisor.</summary>
public static class Backoff
{
    /// <summary>For a child that stops when something is wrong: it is made anew, after a pause, whenever it has stopped.</summary>
    /// <param name="childProps">How the child is made.</param>
    /// <param name="childName">Its name.</param>
    /// <param name="minBackoff">The first pause; each later one is twice as long.</param>
    /// <param name="maxBackoff">The longest pause.</param>
    /// <param name="randomFactor">How much longer, at random, a pause may be, from 0 to 1, so that not all come back at once.</param>
    public static BackoffOptions OnStop(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor) =>
        new BackoffOptionsImpl(false, childProps, childName, minBackoff, maxBackoff, randomFactor);

    /// <summary>As without <paramref name="maxNrOfRetries"/>, which says after how many times to give up; -1 for never.</summary>
    /// <inheritdoc cref="OnStop(Props, string, TimeSpan, TimeSpan, double)"/>
    public static BackoffOptions OnStop(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor, int maxNrOfRetries) =>
        OnStop(childProps, childName, minBackoff, maxBackoff, randomFactor).WithMaxNrOfRetries(maxNrOfRetries);

    /// <summary>For a child that throws when something is wrong: where it would be restarted, it is stopped and made anew after a pause. If it stops itself, so does its supervisor.</summary>
    /// <inheritdoc cref="OnStop(Props, string, TimeSpan, TimeSpan, double)"/>
    public static BackoffOptions OnFailure(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor) =>
        new BackoffOptionsImpl(true, childProps, childName, minBackoff, maxBackoff, randomFactor);

    /// <summary>As without <paramref name="maxNrOfRetries"/>, which says after how many times to give up; -1 for never.</summary>
    /// <inheritdoc cref="OnFailure(Props, string, TimeSpan, TimeSpan, double)"/>
    public static BackoffOptions OnFailure(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor, int maxNrOfRetries) =>
        OnFailure(childProps, childName, minBackoff, maxBackoff, randomFactor).WithMaxNrOfRetries(maxNrOfRetries);
}
