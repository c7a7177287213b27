using OpenTelemetry.Trace;

namespace Scoring.Signals;

/// <summary>
/// Begins traces: a share of the HTTP requests that a process takes. Nothing else begins one, so background work is never traced. Use it
/// as the root of a sampler that follows a parent.
/// </summary>
internal sealed class RequestSampler(double ratio) : Sampler
{
    private const string Request = "Microsoft.AspNetCore.Hosting.HttpRequestIn";

    private readonly TraceIdRatioBasedSampler _share = new(ratio);

    /// <inheritdoc/>
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) => samplingParameters.Name == Request
        ? new SamplingResult(_share.ShouldSample(samplingParameters).Decision) // without the attribute that the share adds
        : new SamplingResult(SamplingDecision.Drop);
}
