namespace Akka.Hosting;

/// <summary>How an added configuration meets what is already there.</summary>
public enum HoconAddMode
{
    /// <summary>The added one wins.</summary>
    Prepend,

    /// <summary>What is already there wins.</summary>
    Append,

    /// <summary>What is already there is dropped.</summary>
    Replace,
}
