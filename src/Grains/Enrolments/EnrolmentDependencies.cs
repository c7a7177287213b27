using Scoring.AccessLog;
using Scoring.Grants;
using Scoring.Handles;
using Scoring.Programmes;

namespace Scoring.Enrolments;

/// <summary>The handlers and readers to which <see cref="EnrolmentGrain"/> delegates.</summary>
internal sealed record EnrolmentDependencies(
    EnrolmentHandler Enrolment, ConsentRenewalHandler Renewal, RestrictionHandler Restriction, WithdrawalHandler Withdrawal,
    OwnSubjectReader Subjects, HandleLinkHandler Handles, GrantHandler Grants, OwnEnrolmentReader Enrolments, AccessLogReader AccessLog,
    NewestCatalogue Newest);
