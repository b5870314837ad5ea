namespace Grpc.Core;

/// <summary>A method, without its message types.</summary>
public interface IMethod
{
    /// <summary>Which side is a stream.</summary>
    MethodType Type { get; }

    /// <summary>The service's full name, package included.</summary>
    string ServiceName { get; }

    /// <summary>The method's name without its service.</summary>
    string Name { get; }

    /// <summary>The path of the method: <c>/service/method</c>.</summary>
    string FullName { get; }
}
