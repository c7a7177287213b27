using Microsoft.Extensions.Options;
using Scoring.Keys;
using Scoring.Programmes;

namespace Scoring.Enrolments;

/// <summary>The services that the handlers of a participant's own subjects share.</summary>
internal sealed record ParticipantDependencies(
    OwnEnrolmentReader Enrolments, IEnrolmentStore Store, CurrentCatalogue Catalogue, NewestCatalogue Newest, PlatformKeys Keys,
    ProgrammeClock Clock, IOptions<ParticipantOptions> Options);
