using Grpc.Core;
using WebChat.Edge.Services;
using WebChat.V1;

namespace WebChat.Edge.Grpc;

/// <summary><c>AdminService</c> over gRPC.</summary>
public sealed class AdminGrpc(AdminCalls calls) : AdminService.AdminServiceBase
{
    /// <inheritdoc/>
    public override Task<Counts> GetCounts(GetCountsRequest request, ServerCallContext context) => calls.GetCounts(context.Identity(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<ListReportsResponse> ListReports(ListReportsRequest request, ServerCallContext context) => calls.ListReports(request, context.Identity(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<Report> GetReport(GetReportRequest request, ServerCallContext context) => calls.GetReport(request, context.Identity(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<Report> DismissReport(DismissReportRequest request, ServerCallContext context) => calls.DismissReport(request, context.Identity(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<Ban> Ban(BanRequest request, ServerCallContext context) => calls.Ban(request, context.Identity(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<UnbanResponse> Unban(UnbanRequest request, ServerCallContext context) => calls.Unban(request, context.Identity(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<ListBansResponse> ListBans(ListBansRequest request, ServerCallContext context) => calls.ListBans(context.Identity(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<DrainResponse> Drain(DrainRequest request, ServerCallContext context) => calls.Drain(context.Identity(), context.CancellationToken);
}
