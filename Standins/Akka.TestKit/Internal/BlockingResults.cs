namespace Akka.TestKit.Internal;

/// <summary>Takes the results of what was told to block, and so has completed.</summary>
internal static class BlockingResults
{
    public static T Result<T>(this ValueTask<T> completed) => completed.AsTask().GetAwaiter().GetResult();
}
