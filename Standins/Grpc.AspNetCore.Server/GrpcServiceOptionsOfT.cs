namespace Grpc.AspNetCore.Server;

/// <summary>Options of one service: what is set here wins over the options of all services, and interceptors come after theirs.</summary>
public class GrpcServiceOptions<TService> : GrpcServiceOptions
    where TService : class
{
}
