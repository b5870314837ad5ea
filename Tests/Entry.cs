using System.Globalization;
using WebChat.Tests.Actors.Persistence;
using WebChat.Tests.Actors.Persistence.Faults;
using WebChat.Tests.Actors.Simulation;
using WebChat.Tests.Databases;
using WebChat.Tests.Edge;

namespace WebChat.Tests;

/// <summary>The test assembly as a program: tests start it as processes of their own and end them in ways in which a test cannot end itself.</summary>
public static class Entry
{
    public static Task<int> Main(string[] args) => args switch
    {
        ["endless-migration", var file] => Task.FromResult(JournalSchemaTests.MigrateWithoutEnd(file)),
        ["talk", var directory, var last] => Talk.Run(directory, last),
        ["simulate", var first, var count, var traces, var isLossy] =>
            SimulationTests.Simulate(int.Parse(first, CultureInfo.InvariantCulture), int.Parse(count, CultureInfo.InvariantCulture), bool.Parse(traces), bool.Parse(isLossy)),
        ["lock-holder", var file] => LockHolder.Run(file),
        _ => throw new ArgumentException("This is not meant to be started by hand."),
    };
}
