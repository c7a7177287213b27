using Scoring.Enrolments;
using Scoring.Hosting;

namespace Scoring.Grants;

/// <summary>Fakes the grant grain: returns what a test sets and keeps the last request.</summary>
internal sealed class FakeGrants : IGrantGrain
{
    public GrantOutcome Outcome { get; set; } = new(new NewGrantView("g1", new string('t', 43)), null);

    public GrantRequest? Request { get; private set; }

    public Task<GrantOutcome> Give(OwnSubject own, GrantRequest request)
    {
        Request = request;
        return Task.FromResult(own == FakeEnrolment.Own ? Outcome : new GrantOutcome(null, GrantRefusal.SubjectUnknown));
    }
}
