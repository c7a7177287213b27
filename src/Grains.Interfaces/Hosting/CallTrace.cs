using System.Diagnostics;
using Orleans.Runtime;

namespace Scoring.Hosting;

/// <summary>
/// Continues a trace over grain calls: the id of the caller's span goes with the calls of a traced request, and nothing else does. Nothing
/// stands in the way of a call, so an untraced one costs no more than a look for that id.
/// </summary>
public static class CallTrace
{
    /// <summary>Name of the source of the platform's spans.</summary>
    public const string SourceName = "Scoring";

    /// <summary>The key in the context of a call, as Orleans' own propagation uses it.</summary>
    private const string Parent = "traceparent";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Whether spans are listened to in this process.</summary>
    public static bool IsOn => Source.HasListeners();

    /// <summary>
    /// Starts a span below that of this process or of the caller. Returns <see langword="null"/> when the request is not traced.
    /// </summary>
    public static Activity? Start(string name)
    {
        if (Activity.Current is { Recorded: true, IsStopped: false }) return Source.StartActivity(name);
        return RequestContext.Get(Parent) is string parent && ActivityContext.TryParse(parent, null, isRemote: true, out var context)
            ? Source.StartActivity(name, ActivityKind.Internal, context)
            : null;
    }

    /// <summary>Starts a span below another one, which may have ended, with links.</summary>
    public static Activity? Start(string name, ActivityContext parent, IEnumerable<ActivityLink>? links = null) =>
        Source.StartActivity(name, ActivityKind.Internal, parent, links: links);

    /// <summary>Makes the calls that this flow makes from now on continue a span.</summary>
    public static void Hand(Activity span) => RequestContext.Set(Parent, span.Id!);

    /// <summary>Makes the calls that this flow makes from now on continue no span.</summary>
    public static void Release() => RequestContext.Remove(Parent);
}
