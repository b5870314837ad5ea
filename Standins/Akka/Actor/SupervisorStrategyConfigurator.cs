using Akka.Configuration;
using Akka.Util;

namespace Akka.Actor;

/// <summary>Gives the user guardian its strategy; <c>akka.actor.guardian-supervisor-strategy</c> names it.</summary>
public abstract class SupervisorStrategyConfigurator
{
    /// <summary>The configurator of a type name.</summary>
    /// <exception cref="ConfigurationException">There is no such type.</exception>
    public static SupervisorStrategyConfigurator CreateConfigurator(string typeName) =>
        TypeNames.Find(typeName) is { } type
            ? (SupervisorStrategyConfigurator)Activator.CreateInstance(type)!
            : throw new ConfigurationException($"Could not resolve SupervisorStrategyConfigurator type {typeName}");

    /// <summary>The strategy.</summary>
    public abstract SupervisorStrategy Create();
}
