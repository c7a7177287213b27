using System.Security.Claims;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Scoring.Audit;
using Scoring.Contests;
using Scoring.Testing;

namespace Scoring.Hosting;

/// <summary>Checks the served routes and their roles against the table of the design and against docs/api.md.</summary>
public sealed partial class RouteTests
{
    private static readonly string[] Table =
    [
        "public GET /v1/programmes", "public GET /v1/programmes/{p}", "public GET /v1/programmes/{p}/rulesets",
        "public GET /v1/programmes/{p}/rulesets/{v}", "public GET /v1/programmes/{p}/record",
        "public GET /v1/checkpoints/latest", "public GET /v1/checkpoints/{number}", "public GET /v1/checkpoints/consistency",
        "public POST /v1/checkpoints/{number}/witnesses",
        "public GET /v1/programmes/{p}/statistics/{month}",
        "public GET /", "public GET /health/live", "public GET /health/ready", "public GET /openapi/v1.json",
        "source POST /v1/events",
        "service POST /v1/scores/query",
        "participant GET /v1/me/subjects", "participant POST /v1/me/subjects",
        "participant GET /v1/me/subjects/{p}/{n}", "participant DELETE /v1/me/subjects/{p}/{n}",
        "participant GET /v1/me/subjects/{p}/{n}/score", "participant GET /v1/me/subjects/{p}/{n}/score/days",
        "participant GET /v1/me/subjects/{p}/{n}/history",
        "participant GET /v1/me/subjects/{p}/{n}/receipt", "participant GET /v1/me/subjects/{p}/{n}/looks",
        "participant GET /v1/me/subjects/{p}/{n}/notices",
        "participant GET /v1/me/subjects/{p}/{n}/export",
        "participant POST /v1/me/subjects/{p}/{n}/grants", "participant GET /v1/me/subjects/{p}/{n}/grants",
        "participant DELETE /v1/me/subjects/{p}/{n}/grants/{id}",
        "participant POST /v1/me/subjects/{p}/{n}/handles", "participant GET /v1/me/subjects/{p}/{n}/handles",
        "participant DELETE /v1/me/subjects/{p}/{n}/handles/{id}",
        "participant PUT /v1/me/subjects/{p}/{n}/restriction", "participant DELETE /v1/me/subjects/{p}/{n}/restriction",
        "participant POST /v1/me/subjects/{p}/{n}/contests", "participant GET /v1/me/subjects/{p}/{n}/contests",
        "participant POST /v1/me/subjects/{p}/{n}/audit-codes",
        "auditor POST /v1/audit/cases", "auditor POST /v1/audit/histories", "auditor POST /v1/audit/draws", "auditor POST /v1/audit/proofs",
        "auditor POST /v1/audit/recomputations",
        "administrator GET /v1/admin/contests", "administrator POST /v1/admin/contests/{case}/decision",
        "administrator POST /v1/admin/programmes", "administrator PUT /v1/admin/programmes/{p}/draft",
        "administrator POST /v1/admin/programmes/{p}/draft/validation", "administrator POST /v1/admin/programmes/{p}/draft/simulation",
        "administrator POST /v1/admin/programmes/{p}/draft/approvals", "administrator PUT /v1/admin/programmes/{p}/suspension",
        "administrator DELETE /v1/admin/programmes/{p}/suspension", "administrator POST /v1/admin/programmes/{p}/end",
        "administrator POST /v1/admin/event-types", "administrator POST /v1/admin/event-types/{id}/approvals",
        "administrator POST /v1/admin/sources", "administrator POST /v1/admin/sources/{id}/approvals",
        "administrator POST /v1/admin/services", "administrator POST /v1/admin/services/{id}/approvals",
    ];

    /// <summary>Routes beyond the design; docs/api.md says why each exists.</summary>
    private static readonly string[] Additions =
    [
        "administrator GET /v1/admin/programmes/{p}", "administrator GET /v1/admin/programmes/{p}/draft/simulation",
        "administrator DELETE /v1/admin/programmes/{p}/draft/simulation",
        "administrator GET /v1/admin/event-types/{id}", "administrator GET /v1/admin/sources/{id}",
        "administrator GET /v1/admin/services/{id}",
        "participant POST /v1/me/subjects/{p}/{n}/score/what-if",
        "public GET /v1/receipts/keys", "public GET /v1/checkpoints/keys",
        "participant POST /v1/me/subjects/{p}/{n}/contests/{case}/material", "administrator GET /v1/admin/contests/{case}",
        "source GET /v1/events/contests", "auditor GET /v1/audit/draws/{draw}",
        "auditor POST /v1/audit/ledgers", "public POST /v1/events/validation", "service POST /v1/scores/query/test",
        "auditor GET /v1/audit/inbox",
        "administrator GET /v1/admin/inbox", "administrator GET /v1/admin/programmes",
        "administrator GET /v1/admin/event-types", "administrator GET /v1/admin/sources", "administrator GET /v1/admin/services",
        "public GET /v1/programmes/{p}/reports/{report}",
        "administrator DELETE /v1/admin/programmes/{p}/draft/approvals",
        "administrator DELETE /v1/admin/programmes/{p}/suspension/approvals", "administrator DELETE /v1/admin/programmes/{p}/end/approvals",
        "administrator POST /v1/admin/programmes/{p}/incidents", "administrator GET /v1/admin/programmes/{p}/incidents/proposal",
        "administrator DELETE /v1/admin/programmes/{p}/incidents/proposal",
        "administrator POST /v1/admin/programmes/{p}/incidents/approvals",
        "administrator GET /v1/admin/set-aside", "administrator POST /v1/admin/set-aside",
    ];

    [Fact]
    public async Task Routes_and_the_roles_they_need_are_those_of_the_design()
    {
        await using var gateway = await TestGateway.Start();
        var served = gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => !route.RoutePattern.RawText!.StartsWith("/docs", StringComparison.Ordinal)) // pages for readers
            .SelectMany(Lines);
        served.Order().ShouldBe(Table.Concat(Additions).Order());
    }

    [Theory]
    [InlineData("source")]
    [InlineData("service")]
    [InlineData("participant")]
    [InlineData("auditor")]
    [InlineData("administrator")]
    [InlineData(null)]
    public async Task A_route_opens_to_its_own_role_only(string? role)
    {
        await using var gateway = await TestGateway.Start();
        foreach (var line in Table.Concat(Additions))
        {
            var parts = line.Split(' ');
            var needed = parts[0];
            var method = new HttpMethod(parts[1]);
            var answer = await gateway.Send(
                method, Filled(parts[2]), role, method == HttpMethod.Post || method == HttpMethod.Put ? "{}" : null);
            if (needed == "public" || needed == role) answer.Status.ShouldNotBeOneOf(401, 403, 500);
            else answer.Problem.ShouldBe(role is null ? "unauthenticated" : "forbidden", line);
        }
    }

    [Fact]
    public async Task Routes_beyond_the_design_are_listed_in_the_documentation()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "api.md"));
        var listed = page.Split('\n').SkipWhile(line => !line.StartsWith("Beyond the design", StringComparison.Ordinal))
            .TakeWhile(line => line.Length > 0).ToArray();
        foreach (var line in Additions) string.Concat(listed).ShouldContain($"`{line.Split(' ', 2)[1]}`");
    }

    [Fact]
    public async Task The_page_has_a_row_for_each_route_with_the_role_it_needs()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "api.md"));
        Row().Matches(page).Select(row => $"{row.Groups["role"].Value} {row.Groups["route"].Value}").Order()
            .ShouldBe(Table.Concat(Additions).Order());
    }

    [Fact]
    public async Task A_route_that_names_no_role_is_closed_to_everyone()
    {
        await using var gateway = await TestGateway.Start();
        var fallback = await gateway.Services.GetRequiredService<IAuthorizationPolicyProvider>().GetFallbackPolicyAsync();
        string[] roles = ["source", "service", "participant", "auditor", "administrator"];
        var all = new ClaimsIdentity([.. roles.Select(role => new Claim("roles", role)), new Claim("sub", "x")], "test", "sub", "roles");
        var outcome = await gateway.Services.GetRequiredService<IAuthorizationService>()
            .AuthorizeAsync(new ClaimsPrincipal(all), null, fallback.ShouldNotBeNull());
        outcome.Succeeded.ShouldBeFalse();
    }

    private static IEnumerable<string> Lines(RouteEndpoint route)
    {
        var role = route.Metadata.GetMetadata<IAllowAnonymous>() is not null ? "public"
            : route.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy).Distinct().ShouldHaveSingleItem();
        var path = Constraint().Replace(route.RoutePattern.RawText!, "{$1}").Replace("{documentName}", "v1", StringComparison.Ordinal);
        return route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => $"{role} {method} /{path.Trim('/')}");
    }

    private static string Filled(string path) => path
        .Replace("{p}", "safe-driver", StringComparison.Ordinal).Replace("{v}", "1", StringComparison.Ordinal)
        .Replace("{number}", "1", StringComparison.Ordinal).Replace("{n}", "0", StringComparison.Ordinal)
        .Replace("{id}", "g1", StringComparison.Ordinal).Replace("{report}", Some.Hash, StringComparison.Ordinal)
        .Replace("{draw}", FakeAudit.Name, StringComparison.Ordinal).Replace("{month}", "2026-09", StringComparison.Ordinal)
        .Replace("{case}", FakeContests.Case, StringComparison.Ordinal);

    [GeneratedRegex(
        @"^\| (?<role>public|source|service|participant|auditor|administrator) \| `(?<route>[A-Z]+ /[^`?]*)[^`]*` \|",
        RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"\{(\w+):[^}]*\}")]
    private static partial Regex Constraint();
}
