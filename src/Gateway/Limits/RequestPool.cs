using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Scoring.Authentication;

namespace Scoring.Limits;

/// <summary>The pools of concurrent requests. Each has a maximum of its own.</summary>
internal enum RequestPool
{
    /// <summary>Public routes, and requests whose caller lacks the role of the route.</summary>
    Public = 1,

    /// <summary>Checkpoints and their proofs.</summary>
    Proofs = 2,

    /// <summary>Witnesses' cosignatures.</summary>
    Witnesses = 3,

    /// <summary>Sources.</summary>
    Sources = 4,

    /// <summary>Services.</summary>
    Services = 5,

    /// <summary>Participants.</summary>
    Participants = 6,

    /// <summary>Auditors.</summary>
    Auditors = 7,

    /// <summary>Administrators.</summary>
    Administrators = 8,
}

/// <summary>Puts a public route into a pool of its own.</summary>
/// <param name="Pool">The pool.</param>
internal sealed record RequestPoolMetadata(RequestPool Pool);

/// <summary>Tells the pool of a request and the maximum of each pool.</summary>
internal sealed class RequestPools(IOptions<RequestPoolOptions> pools, IOptions<WitnessOptions> witnesses)
{
    /// <summary>
    /// Returns the pool of a request: the one of its route's role when the caller has that role, so that no one fills a role's pool from
    /// outside.
    /// </summary>
    public static RequestPool Of(HttpContext context)
    {
        var metadata = context.GetEndpoint()?.Metadata;
        if (metadata?.GetMetadata<RequestPoolMetadata>() is { } own) return own.Pool;
        var role = metadata?.GetMetadata<IAuthorizeData>()?.Policy;
        if (role is null || !context.User.IsInRole(role)) return RequestPool.Public;
        return role switch
        {
            Roles.Source => RequestPool.Sources,
            Roles.Service => RequestPool.Services,
            Roles.Participant => RequestPool.Participants,
            Roles.Auditor => RequestPool.Auditors,
            Roles.Administrator => RequestPool.Administrators,
            _ => RequestPool.Public,
        };
    }

    /// <summary>The maximum number of concurrent requests in a pool.</summary>
    public int MaxOf(RequestPool pool) => pool switch
    {
        RequestPool.Proofs => pools.Value.ProofsMax,
        RequestPool.Witnesses => witnesses.Value.AtOnceMax,
        RequestPool.Sources => pools.Value.SourcesMax,
        RequestPool.Services => pools.Value.ServicesMax,
        RequestPool.Participants => pools.Value.ParticipantsMax,
        RequestPool.Auditors => pools.Value.AuditorsMax,
        RequestPool.Administrators => pools.Value.AdministratorsMax,
        _ => pools.Value.PublicMax,
    };

    /// <summary>The maximum number of concurrent requests of one client, which has a number of its own for witnesses.</summary>
    public int MaxOf(RequestClientKind kind, bool isWitness) => isWitness ? witnesses.Value.AtOnceOfOneMax : kind switch
    {
        RequestClientKind.Machine => pools.Value.OfOneMachineMax,
        RequestClientKind.Person => pools.Value.OfOnePersonMax,
        _ => pools.Value.OfOneAddressMax,
    };
}
