using Akka.Actor;
using Akka.Configuration;

namespace Akka.TestKit;

/// <summary>How long tests wait, as <c>akka.test</c> says.</summary>
public class TestKitSettings : IExtension
{
    /// <summary>Reads the settings of a system.</summary>
    public TestKitSettings(Config config)
    {
        DefaultTimeout = config.GetTimeSpan("akka.test.default-timeout", TimeSpan.FromSeconds(5), allowInfinite: false);
        SingleExpectDefault = config.GetTimeSpan("akka.test.single-expect-default", TimeSpan.FromSeconds(3), allowInfinite: false);
        TestEventFilterLeeway = config.GetTimeSpan("akka.test.filter-leeway", TimeSpan.FromSeconds(3), allowInfinite: false);
        TestTimeFactor = config.GetDouble("akka.test.timefactor", 1.0);
        if (TestTimeFactor <= 0) throw new ConfigurationException("akka.test.timefactor must be greater than 0.");
    }

    /// <summary>How long anything but a message is waited for, before dilation.</summary>
    public TimeSpan DefaultTimeout { get; }

    /// <summary>How long a message is waited for, before dilation.</summary>
    public TimeSpan SingleExpectDefault { get; }

    /// <summary>How long after an action expected log events may come, before dilation.</summary>
    public TimeSpan TestEventFilterLeeway { get; }

    /// <summary>By how much all of these are multiplied.</summary>
    public double TestTimeFactor { get; }
}
