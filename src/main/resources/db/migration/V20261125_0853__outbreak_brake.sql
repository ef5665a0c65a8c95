-- What is granted in a clinical service is counted before the next yes.
create index approval_request_granted on approval_request (clinical_service) where state = 'GRANTED';
